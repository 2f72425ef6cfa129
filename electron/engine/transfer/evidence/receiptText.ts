import type { Receipt, ReceiptFormat } from "../../../../shared/models/evidence.ts";

/** What stands before the receipts of an export, between them and behind them. */
export function frameOf(format: ReceiptFormat): {
  readonly head: string;
  readonly between: string;
  readonly tail: string;
} {
  switch (format) {
    case "json":
      return { head: "[\n", between: ",\n", tail: "\n]\n" };
    case "csv":
      return { head: `${csvColumns.join(",")}\r\n`, between: "", tail: "" };
    case "sha256":
      return { head: "", between: "", tail: "" };
  }
}

/** A receipt as a line; null: it has nothing to say in this format. */
export function writeReceipt(receipt: Receipt, format: ReceiptFormat): string | null {
  switch (format) {
    case "json":
      return JSON.stringify({ ...receipt, at: isoTime(receipt.atMs) });
    case "csv":
      return `${csvCells(receipt).map(csvCell).join(",")}\r\n`;
    case "sha256":
      return receipt.sha256 === null ? null : sumLine(receipt.sha256, receipt.localPath);
  }
}

const csvColumns = [
  ...["transfer", "direction", "site", "local_path", "remote_path", "bytes", "sha256", "evidence", "server_algorithm"],
  ...["server_checksum", "restarted", "time", "checked_side", "check_result", "check_evidence", "check_time"],
] as const;

function csvCells(receipt: Receipt): readonly string[] {
  const {
    transferId,
    direction,
    siteName,
    localPath,
    remotePath,
    size,
    sha256,
    level,
    server,
    restarted,
    atMs,
    check,
  } = receipt;
  return [
    ...[String(transferId), direction, siteName, localPath, remotePath, String(size), sha256 ?? "", level],
    ...[server?.algorithm ?? "", server?.value ?? "", restarted ?? "", isoTime(atMs)],
    ...[check?.side ?? "", check?.result ?? "", check?.level ?? "", check === null ? "" : isoTime(check.atMs)],
  ];
}

/** RFC 4180; a name that a spreadsheet would take for a formula is kept from being one. */
function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** As `sha256sum --check` reads it: a name with a line end or a backslash is escaped, and the line says so. */
function sumLine(sha256: string, path: string): string {
  if (!/[\\\n\r]/.test(path)) return `${sha256} *${path}\n`;
  const escaped = path.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return `\\${sha256} *${escaped}\n`;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
