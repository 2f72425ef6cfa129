import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { contract, type EngineApi } from "../../shared/contract/contract.ts";
import { serve } from "../../shared/rpc/serve.ts";
import { portOverWebSocket, type WebSocketLike } from "../../shared/rpc/webSocketPort.ts";
import type { Access } from "./access.ts";
import { parseUrl } from "./httpServer.ts";

export type WebSocketApi = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Hangs up on every window. */
  readonly close: () => void;
};

export type WebSocketApiOptions = {
  readonly access: Access;
  readonly api: EngineApi;
  readonly checksOutput: boolean;
  readonly onInternalError: (name: string, thrown: unknown) => void;
};

const maxFrameBytes = 128 * 1024 * 1024; // a drop of 500,000 sources is about 75 MB of JSON; more is a mistake
const maxUnreadBytes = 256 * 1024 * 1024; // a window that has read nothing of this much sleeps; it starts afresh when it wakes

/** The engine's API at `/api`, for our own page with its cookie only. */
export function createWebSocketApi({ access, api, checksOutput, onInternalError }: WebSocketApiOptions): WebSocketApi {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: maxFrameBytes });
  return {
    upgrade: (request, socket, head) => {
      socket.on("error", () => socket.destroy());
      const refusal = refusalOf(request, access);
      if (refusal !== null) {
        socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, (webSocket) => {
        serve(portOverWebSocket(hangUpOnSleepers(webSocket)), contract, api, { checksOutput, onInternalError });
      });
    },
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function refusalOf(request: IncomingMessage, access: Access): string | null {
  if (!access.isForUs(request)) return "421 Misdirected Request";
  if (parseUrl(request)?.pathname !== "/api") return "404 Not Found";
  if (!access.isFromUs(request) || !access.hasCookie(request)) return "403 Forbidden";
  return null;
}

function hangUpOnSleepers(socket: WebSocket): WebSocketLike {
  return {
    get readyState() {
      return socket.readyState;
    },
    send: (text) => {
      if (socket.bufferedAmount > maxUnreadBytes) socket.terminate();
      else socket.send(text);
    },
    close: () => socket.close(),
    addEventListener: (type, listener) => socket.addEventListener(type, listener),
  };
}
