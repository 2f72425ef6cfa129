import { Popover } from "@base-ui/react/popover";
import { Lock, LockOpen, ShieldAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Security } from "../../shared/models/connection.ts";
import { CertificateTable } from "../prompts/CertificateTable.tsx";
import { ServerAbilities } from "./ServerAbilities.tsx";

export type SecurityButtonProps = {
  readonly connectionId: string;
  readonly security: Security;
  /** What the server calls its system. */
  readonly system: string | null;
};

/** The lock: in words what is encrypted, and on a press the protocol and the certificate. */
export function SecurityButton({ connectionId, security, system }: SecurityButtonProps) {
  const { t } = useTranslation("statusBar");
  const { encrypted, dataProtected, protocol, cipher, certificate } = security;
  const Glyph = !encrypted ? LockOpen : dataProtected ? Lock : ShieldAlert;
  const words = !encrypted
    ? t("plain")
    : dataProtected
      ? t("encrypted", { protocol: protocolName(protocol) })
      : t("encryptedControlOnly");
  const facts = [
    [t("protocol"), protocol === null ? null : protocolName(protocol)],
    [t("cipher"), cipher],
    [t("server"), system],
  ] as const;
  return (
    <Popover.Root>
      <Popover.Trigger className="status-button" data-safe={encrypted && dataProtected}>
        <Glyph size={12} aria-hidden />
        {words}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="floating" side="top" align="start" sideOffset={6}>
          <Popover.Popup className="popup security">
            <Popover.Title className="dialog-title">{t("securityTitle")}</Popover.Title>
            <Popover.Description className="dialog-description">
              {!encrypted ? t("allPlain") : dataProtected ? t("filesEncrypted") : t("filesPlain")}
            </Popover.Description>
            <dl className="facts selectable">
              {facts.map(([label, value]) =>
                value === null ? null : (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                  </div>
                ),
              )}
            </dl>
            {certificate === null ? null : (
              <section aria-label={t("certificate")}>
                <h3 className="field-label">{t("certificate")}</h3>
                <CertificateTable certificates={[{ heading: null, certificate }]} />
              </section>
            )}
            <ServerAbilities connectionId={connectionId} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** OpenSSL says "TLSv1.3", people say "TLS 1.3". */
function protocolName(protocol: string | null): string {
  return (protocol ?? "TLS").replace(/^TLSv/, "TLS ");
}
