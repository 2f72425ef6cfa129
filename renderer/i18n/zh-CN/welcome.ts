import type { welcome as en } from "../en/welcome.ts";
import type { Translated } from "../translated.ts";

/** 空的远程窗格。 */
export const welcome = {
  title: "从哪里开始？",
  text: "连接到服务器后，其中的文件会显示在这里。",
  connect: "连接到服务器",
  connectText: "在上方输入主机，或 ftp://example.com 这样的地址。",
  sites: "打开站点管理器",
  sitesText: "保存常用的服务器及其目录和密码。",
  demo: "试用演示服务器",
  demoText: "Portside 内置的小型服务器，带有示例文件。数据不会离开这台计算机。",
  demoStarting: "正在启动演示服务器…",
} as const satisfies Translated<typeof en>;
