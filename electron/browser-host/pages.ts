/** What a browser sees that may not enter, in words. Without scripts and styles: the security policy allows none inline. */
export function refusalPage(reason: "no-cookie" | "used-token"): string {
  const sentences = {
    "no-cookie": "This browser has not been let in yet.",
    "used-token": "This address has been used already, or belongs to an earlier start.",
  } as const;
  return page(
    "Portside is running, but not for this window",
    `<p>${sentences[reason]}</p>
<p>Go to the terminal where Portside runs and press Enter there: it prints a fresh address. Open that one.</p>`,
  );
}

/**
 * Asks for the window again from our own address. A link clicked on another site arrives without SameSite=Strict cookies, and so
 * does the redirect after it; a request that our own page makes has them.
 */
export function reentryPage(): string {
  return page("Portside", "<p>Opening Portside…</p>", '<meta http-equiv="refresh" content="0;url=/">');
}

function page(title: string, body: string, head = ""): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head>
<body><h1>${title}</h1>
${body}
</body></html>
`;
}
