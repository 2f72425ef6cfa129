import type { settings as en } from "../en/settings.ts";
import type { Translated } from "../translated.ts";

/** 设置对话框。 */
export const settings = {
  title: "设置",
  search: "搜索设置",
  searchEmpty: "没有与“{{text}}”匹配的设置。",
  sectionLook: "界面",
  sectionTransfers: "传输",
  sectionConnection: "连接",
  sectionConflicts: "文件已存在时的操作",
  sectionAbout: "关于",

  language: "语言",
  languageSystem: "跟随系统",
  theme: "主题",
  themeSystem: "跟随系统",
  themeLight: "浅色",
  themeDark: "深色",
  sizeFormat: "文件大小格式",
  sizeBinary: "以 1024 为基数（KiB、MiB）",
  sizeDecimal: "以 1000 为基数（kB、MB）",
  sizeBytes: "精确字节数",
  showHidden: "显示隐藏文件",

  maxTransfers: "最大同时传输数",
  maxTransfersHint: "1 到 20，所有站点合计。",
  maxRetries: "失败后的最大重试次数",
  maxRetriesHint: "仅用于可能自行恢复的失败。0 到 99。",
  retryDelay: "重试间隔（秒）",
  retryDelayHint: "0 到 999。",
  preserveTimes: "保留文件的修改时间",
  preserveTimesHint: "无论上传还是下载，文件都保持源文件的时间。",

  timeout: "超时（秒）",
  timeoutHint: "服务器没有响应时的等待时间。1 到 9999。",
  keepAlive: "保持连接（秒）",
  keepAliveHint: "空闲这么久后发送一条无害的命令。0 表示从不发送。",

  uploadConflict: "上传",
  downloadConflict: "下载",
  conflictAsk: "询问操作",
  conflictOverwrite: "覆盖",
  conflictOverwriteIfNewer: "如果较新则覆盖",
  conflictOverwriteIfSizeDiffers: "如果大小不同则覆盖",
  conflictResume: "断点续传",
  conflictRename: "重命名",
  conflictSkip: "跳过",

  aboutVersion: "Portside {{version}}",
  aboutText: "文件往来，一个不丢。",
  aboutComponents: "组件版本",
  aboutHostDesktop: "桌面窗口",
  aboutHostBrowser: "浏览器窗口",
  copyVersions: "复制版本信息",
  invalidNumber: "请输入 {{min}} 到 {{max}} 之间的数字。",
} as const satisfies Translated<typeof en>;
