/** The part of Electron's Session that grants what a page asks for. */
export type GrantingSession = {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, callback: (isGranted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
};

/**
 * "Copy path" writes text a user has chosen, and the end of the queue may be told by a notification; nothing else of what Chromium can
 * grant has a use in an FTP client.
 */
const granted: ReadonlySet<string> = new Set(["clipboard-sanitized-write", "notifications"]);

/** Refuses camera, location, devices and the rest, asked or checked. */
export function refusePermissions(session: GrantingSession): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(granted.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => granted.has(permission));
  session.setDevicePermissionHandler(() => false);
}
