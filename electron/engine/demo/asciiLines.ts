import { Transform } from "node:stream";

const cr = 13;
const lf = 10;

/** TYPE A, server to client: every line ends with CR LF on the wire, and an existing CR LF is not doubled. RFC 959 §3.1.1.1. */
export function toNetworkLines(): Transform {
  let last = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const out = Buffer.alloc(chunk.length * 2);
      let length = 0;
      for (const byte of chunk) {
        if (byte === lf && last !== cr) out[length++] = cr;
        out[length++] = byte;
        last = byte;
      }
      done(null, out.subarray(0, length));
    },
  });
}

/** TYPE A, client to server: CR LF becomes LF; a CR of its own stays. */
export function fromNetworkLines(): Transform {
  let holdsCr = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const out = Buffer.alloc(chunk.length + 1);
      let length = 0;
      for (const byte of chunk) {
        if (holdsCr && byte !== lf) out[length++] = cr;
        holdsCr = byte === cr;
        if (!holdsCr) out[length++] = byte;
      }
      done(null, out.subarray(0, length));
    },
    flush(done) {
      done(null, holdsCr ? Buffer.from([cr]) : null);
    },
  });
}
