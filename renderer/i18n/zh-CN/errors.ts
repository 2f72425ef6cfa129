import type { errors as en } from "../en/errors.ts";
import type { Translated } from "../translated.ts";

export const errors = {
  "host-not-found": { title: "找不到服务器。", wayOut: "请检查主机名是否正确、本机是否联网，然后重新连接。" },
  "connection-refused": { title: "服务器拒绝了连接。", wayOut: "请检查端口，并确认 FTP 服务正在运行，然后重新连接。" },
  "connection-timeout": {
    title: "服务器没有及时响应。",
    wayOut: "请检查主机和端口，并确认没有防火墙阻挡，然后重试。",
  },
  "connection-lost": { title: "连接已中断。", wayOut: "请检查网络，然后点击“重试”。" },
  "proxy-failed": {
    title: "代理服务器未能建立连接。",
    wayOut: "请检查设置中的代理，并确认它可以访问此服务器，然后重试。",
  },
  "proxy-login-rejected": {
    title: "代理服务器不接受您的用户名或密码。",
    wayOut: "请检查设置中代理的登录信息，然后重新连接。",
  },
  "tls-failed": {
    title: "无法建立安全连接。",
    wayOut: "请为此站点选择其他加密方式，或向服务器管理员询问支持的 TLS 版本。",
  },
  "certificate-untrusted": {
    title: "服务器证书不受信任。",
    wayOut: "请重新连接并查看证书；只有指纹与预期一致时才信任它。",
  },
  "encryption-refused": {
    title: "服务器不支持此站点要求的加密方式。",
    wayOut: "请在站点设置中选择其他加密方式。注意：普通 FTP 会以明文发送密码。",
  },
  "login-rejected": { title: "服务器不接受此用户名或密码。", wayOut: "请检查用户名和密码，然后重新连接。" },
  "account-required": { title: "服务器还要求提供账户名。", wayOut: "请在站点管理器中将登录类型设为“账户”并填写。" },
  "too-many-connections": { title: "服务器不允许更多连接。", wayOut: "请稍候，或降低此站点的连接数限制，然后重试。" },
  "service-unavailable": { title: "服务器暂时不可用。", wayOut: "请稍候再试。" },
  "not-found": { title: "文件或文件夹不存在。", wayOut: "它可能已被移动或删除。请刷新文件夹查看当前内容。" },
  "permission-denied": { title: "服务器不允许此操作。", wayOut: "请使用有权限的账户，或请所有者更改权限。" },
  "already-exists": { title: "已存在同名项目。", wayOut: "请换一个名称，或先移除已有的项目。" },
  "not-a-directory": { title: "这不是文件夹。", wayOut: "请转到它所在的文件夹。" },
  "directory-not-empty": { title: "文件夹不是空的。", wayOut: "请先删除其中的内容，包括隐藏文件。" },
  "name-not-allowed": { title: "目标位置不允许使用此名称。", wayOut: "请换一个不含特殊字符的名称，然后重试。" },
  "remote-full": { title: "服务器空间或配额已用完。", wayOut: "请在服务器上释放一些空间，然后点击“重试”。" },
  "local-full": { title: "本机磁盘已满。", wayOut: "请释放一些空间，然后点击“重试”。" },
  "local-not-found": {
    title: "本机上没有此文件或文件夹。",
    wayOut: "它可能已被移动或删除。请刷新文件夹查看当前内容。",
  },
  "local-permission": { title: "本机不允许 Portside 执行此操作。", wayOut: "请更改文件权限，或选择其他文件夹。" },
  "local-changed": { title: "文件在传输过程中发生了变化。", wayOut: "请等文件不再变化后点击“重试”。" },
  "local-busy": {
    title: "本机暂时无法打开该文件。",
    wayOut: "请关闭正在使用该文件或打开了大量文件的程序，然后点击“重试”。",
  },
  "local-disk-failed": {
    title: "本机磁盘报告了故障。",
    wayOut: "请确认磁盘或网络驱动器已连接、状态正常且没有写保护，然后点击“重试”。",
  },
  "data-connection-failed": { title: "无法打开数据连接。", wayOut: "可能被防火墙阻挡。请重试，或换一个网络。" },
  "transfer-aborted": { title: "服务器中断了传输。", wayOut: "点击“重试”可从中断处继续。" },
  incomplete: { title: "内容没有全部到达。", wayOut: "点击“重试”以传输剩余部分。" },
  "verification-failed": {
    title: "收到的内容与发送的不一致。",
    wayOut: "点击“重试”从头传输。如果再次出现，可能是线路或磁盘有问题。",
  },
  "resume-refused": { title: "服务器无法从文件中间继续传输。", wayOut: "点击“重试”将从头开始传输。" },
  busy: { title: "文件正在服务器上被使用。", wayOut: "请稍候，然后点击“重试”。" },
  "unsupported-command": { title: "服务器不支持此操作。", wayOut: "请换一种方式，或询问服务器管理员。" },
  "malformed-reply": {
    title: "服务器的响应不是 FTP 协议。",
    wayOut: "请确认端口属于 FTP 服务器。日志中有其原始响应。",
  },
  "malformed-listing": {
    title: "无法识别服务器返回的文件列表。",
    wayOut: "日志中有其原始内容。欢迎反馈，帮助 Portside 支持这种格式。",
  },
  "unexpected-reply": { title: "服务器给出了意外的响应。", wayOut: "请重试。日志中有完整的会话记录。" },
  cancelled: { title: "操作已取消。", wayOut: "可随时重新开始。" },
  "invalid-input": { title: "Portside 无法处理此输入。", wayOut: "请更正后重试。" },
  internal: { title: "Portside 内部出现问题。", wayOut: "请重试。如果再次出现，请附上详情反馈给我们。" },
} as const satisfies Translated<typeof en>;
