export const demoReadme = `Welcome to the demo server
==========================

This server is part of Portside. It runs on your own machine, nobody else can
reach it, and nothing here is precious. Things to try:

 - Drag the folder "website" from the right pane to the left one and watch the
   queue below.
 - Drag "backup/whole-site.bin" (12 MB) and pause it halfway; resume it.
 - Drag something of yours into "uploads".
 - Drag the same file again: Portside asks what to do about the one that is there.
 - Press F2 on a file to rename it, Del to delete it, F5 to read the folder again.
 - Open "中文资料": names in any script work.

The log at the top shows every word that Portside and the server say to each
other. To start over, delete the demo folder; it is made again next time.

欢迎使用演示服务器：它只在您自己的电脑上运行，可以放心尝试。
`;

export const localReadme = `Files to play with
==================

Drag them onto the demo server in the other pane. They are copies made for this
purpose; change or delete them as you like.
`;

export const demoStyle = `:root { color-scheme: light dark; --sea: hsl(210 55% 40%) }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto }
h1 { color: var(--sea) }
`;

export function page(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>${title}</title>
  <link rel="stylesheet" href="css/site.css">
</head>
<body>
  <nav><a href="index.html">Harbour</a> <a href="about.html">About</a> <a href="contact.html">Contact</a></nav>
  <h1>${title}</h1>
  <p>${text}</p>
</body>
</html>
`;
}

export function newsPage(month: string): string {
  return page(
    `News of 2026-${month}`,
    `In month ${Number(month)} of this year ${Number(month) * 17} boats were counted.`,
  );
}
