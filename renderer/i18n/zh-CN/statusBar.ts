import type { statusBar as en } from "../en/statusBar.ts";
import type { Translated } from "../translated.ts";

/** 窗口底部的状态栏。 */
export const statusBar = {
  notConnected: "未连接",
  connecting: "正在连接 {{site}}…",
  connected: "已连接到 {{site}}",
  reconnecting: "与 {{site}} 的连接已断开，正在重试（第 {{attempt}} 次）",
  failed: "无法连接到 {{site}}",
  closed: "已从 {{site}} 断开",
  encrypted: "已加密（{{protocol}}）",
  encryptedControlOnly: "命令已加密，文件未加密",
  plain: "未加密",
  securityTitle: "此连接的保护方式",
  protocol: "协议",
  cipher: "加密算法",
  server: "服务器",
  filesEncrypted: "命令和文件都已加密。",
  filesPlain: "命令已加密，但文件以明文传输。",
  allPlain: "完全没有加密：途经的任何人都能看到密码和文件。",
  certificate: "证书",
  encoding: "文件名字符集",
  waitsForAnswer_other: "{{count, number}} 个问题等待您的答复",
  queuePaused: "队列已暂停",
} as const satisfies Translated<typeof en>;
