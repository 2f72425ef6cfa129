import type { topBar as en } from "../en/topBar.ts";
import type { Translated } from "../translated.ts";

export const topBar = {
  site: "站点",
  notConnected: "未连接",
  siteManager: "站点管理器…",
  recent: "最近使用",
  savedSites: "站点",
  demo: "演示服务器",
  quickConnect: "快速连接",
  host: "主机",
  hostPlaceholder: "主机、地址或站点名称",
  user: "用户名",
  password: "密码",
  port: "端口",
  connect: "连接",
  connecting: "正在连接…",
  refresh: "刷新",
  newFolder: "新建文件夹",
  settings: "设置",
  theme: "主题",
  themeSystem: "跟随系统",
  themeLight: "浅色",
  themeDark: "深色",
  encrypted: "已加密",
  plain: "未加密",
  addressWrong: {
    empty: "请输入主机、地址（如 ftp://example.org）或站点名称。",
    scheme: "Portside 支持 ftp://、ftps:// 和 ftpes:// 地址。",
    host: "这不是有效的主机名。",
    port: "端口应为 1 到 65535 之间的数字。",
  },
} as const satisfies Translated<typeof en>;
