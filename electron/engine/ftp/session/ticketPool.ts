/**
 * The session tickets of one FTP session. A server that wants its data connections to resume the control connection's TLS session
 * (vsftpd `require_ssl_reuse`, ProFTPD, FileZilla Server) takes a TLS 1.3 ticket once (RFC 8446 appendix C.4), and OpenSSL hands out two
 * after the first handshake: so tickets are collected from data connections as well, and the newest goes out first.
 */
export type TicketPool = {
  readonly add: (ticket: Buffer, isSingleUse: boolean) => void;
  /** null before the first ticket. When all are used up the last one is tried again: some servers allow it, the rest say no. */
  readonly take: () => Buffer | null;
};

const maxTickets = 32; // two per connection come in, one goes out: old ones would only pile up

export function ticketPool(): TicketPool {
  const fresh: Buffer[] = [];
  let last: Buffer | null = null;
  return {
    add: (ticket, isSingleUse) => {
      last = ticket;
      if (!isSingleUse) return; // TLS 1.2: the newest may be used again and again
      fresh.push(ticket);
      if (fresh.length > maxTickets) fresh.shift();
    },
    take: () => fresh.pop() ?? last,
  };
}
