import { EventEmitter } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { contract, type EngineApi } from "../../shared/contract/contract.ts";
import { connect } from "../../shared/rpc/connect.ts";
import {
  type EmitterMessagePort,
  type EventTargetMessagePort,
  portOverMessagePort,
} from "../../shared/rpc/messagePort.ts";
import { readDesktopArguments } from "./desktopArguments.ts";
import { createPortHandover, portChannel } from "./handOverPort.ts";
import { createMenu } from "./menu.ts";
import { forbidNavigation } from "./navigationPolicy.ts";
import { refusePermissions } from "./permissionPolicy.ts";
import { createSafeStorageSecrets, type SafeStorage } from "./safeStorageSecrets.ts";
import { isOurFrame } from "./senderCheck.ts";
import { createWindowOptions } from "./windowOptions.ts";

test("the page runs in a sandbox, apart from the preload, without Node and without webviews", () => {
  const { webPreferences } = createWindowOptions({ preload: "/x/preload.cjs", isDark: true });
  expect(webPreferences).toEqual({
    preload: "/x/preload.cjs",
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    spellcheck: false,
  });
});

test("the window stays hidden until it is drawn, in the colour of the theme", () => {
  expect(createWindowOptions({ preload: "", isDark: true })).toMatchObject({ show: false, backgroundColor: "#16191d" });
  expect(createWindowOptions({ preload: "", isDark: false })).toMatchObject({
    show: false,
    backgroundColor: "#ffffff",
  });
});

test("a window goes nowhere, opens nothing and embeds nothing", () => {
  let openHandler: () => { action: string } = () => ({ action: "allow" });
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: () => { action: "deny" }) => {
      openHandler = handler;
    },
  });
  forbidNavigation(contents);
  for (const event of ["will-navigate", "will-redirect", "will-frame-navigate", "will-attach-webview"]) {
    let isPrevented = false;
    contents.emit(event, { preventDefault: () => (isPrevented = true) });
    expect(isPrevented, event).toBe(true);
  }
  expect(openHandler()).toEqual({ action: "deny" });
});

test("the page is granted writing text to the clipboard and showing notifications, and nothing else", () => {
  const handlers: {
    request?: (contents: unknown, permission: string, callback: (isGranted: boolean) => void) => void;
    check?: (contents: unknown, permission: string) => boolean;
    device?: () => boolean;
  } = {};
  refusePermissions({
    setPermissionRequestHandler: (request) => Object.assign(handlers, { request }),
    setPermissionCheckHandler: (check) => Object.assign(handlers, { check }),
    setDevicePermissionHandler: (device) => Object.assign(handlers, { device }),
  });
  const asked = (permission: string) => {
    let answer: boolean | undefined;
    handlers.request?.(null, permission, (isGranted) => {
      answer = isGranted;
    });
    return [answer, handlers.check?.(null, permission)];
  };
  expect(asked("clipboard-sanitized-write")).toEqual([true, true]);
  expect(asked("notifications")).toEqual([true, true]);
  for (const permission of ["media", "geolocation", "clipboard-read", "openExternal", "fileSystem", "usb", "unknown"])
    expect(asked(permission), permission).toEqual([false, false]);
  expect(handlers.device?.()).toBe(false);
});

test("only the window's own top frame may ask for the engine", () => {
  const main = { url: "app://main/" };
  expect(isOurFrame(main, main)).toBe(true);
  expect(isOurFrame({ url: "app://main/" }, main)).toBe(false); // a frame inside it
  expect(isOurFrame(null, main)).toBe(false);
  expect(isOurFrame(null, null)).toBe(false);
  const foreign = { url: "https://example.com/" };
  expect(isOurFrame(foreign, foreign)).toBe(false);
});

test.each([
  [["--demo", "--data-dir", "/x"], { dataDir: "/x", opensDemo: true }],
  [["--data-dir=/y", "--ozone-platform=x11", "--no-sandbox", "file"], { dataDir: "/y", opensDemo: false }],
  [["."], { dataDir: null, opensDemo: false }],
  [["--data-dir"], { dataDir: null, opensDemo: false }],
])("understands %j", (args, expected) => {
  expect(readDesktopArguments(args)).toEqual(expected);
});

test("only macOS gets a native menu", () => {
  expect(createMenu("darwin")).toEqual([{ role: "appMenu" }, { role: "editMenu" }, { role: "windowMenu" }]);
  expect(createMenu("linux")).toBeNull();
  expect(createMenu("win32")).toBeNull();
});

describe("passwords in the system's keychain", () => {
  /** A keychain that turns text around: enough to see that what is stored is not what was given. */
  const keychain = (backend: string, isAvailable = true): SafeStorage => ({
    isAsyncEncryptionAvailable: async () => isAvailable,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (plain) => Buffer.from([...plain].reverse().join("")),
    decryptStringAsync: async (sealed) => {
      const text = sealed.toString();
      if (text.startsWith("!")) throw new Error("Error while decrypting");
      return { result: [...text].reverse().join(""), shouldReEncrypt: false };
    },
  });

  test.each([
    ["gnome_libsecret", "linux"],
    ["kwallet6", "linux"],
    ["unknown", "darwin"],
    ["unknown", "win32"],
  ] as const)("%s on %s seals and unseals", async (backend, platform) => {
    const secrets = await createSafeStorageSecrets(keychain(backend), platform);
    const sealed = await secrets.seal("pässword 密码");
    expect(secrets.storage).toBe("keychain");
    expect(sealed).not.toContain("password");
    expect(await secrets.unseal(sealed)).toBe("pässword 密码");
  });

  test.each([
    ["basic_text", true],
    ["unknown", true],
    ["gnome_libsecret", false],
  ])("Linux with %s (available: %s) keeps none", async (backend, isAvailable) => {
    const secrets = await createSafeStorageSecrets(keychain(backend, isAvailable), "linux");
    expect(secrets.storage).toBe("none");
    await expect(secrets.seal("x")).rejects.toMatchObject({ kind: "internal" });
    await expect(secrets.unseal("keychain-1:eA==")).rejects.toMatchObject({ kind: "internal" });
  });

  test("what another box sealed, or a changed keychain, is refused with a way out", async () => {
    const secrets = await createSafeStorageSecrets(keychain("kwallet6"), "linux");
    await expect(secrets.unseal("portside-1:abcd")).rejects.toMatchObject({ kind: "internal" });
    const broken = `keychain-1:${Buffer.from("!").toString("base64")}`;
    await expect(secrets.unseal(broken)).rejects.toThrow("enter it again");
  });
});

describe("the port to the engine", () => {
  const api = { "layout.load": async () => ({ text: "kept" }) } as unknown as EngineApi;

  function createScene() {
    const received: { channel: string; ports: EventTargetMessagePort[] }[] = [];
    const window = {
      postMessage: (channel: string, _message: unknown, ports: EventTargetMessagePort[]) =>
        received.push({ channel, ports }),
    };
    const handover = createPortHandover<EventTargetMessagePort>({
      api,
      createChannel: () => {
        const { port1, port2 } = new MessageChannel();
        const main: EmitterMessagePort = {
          postMessage: (message) => port1.postMessage(message),
          start: () => port1.start(),
          close: () => port1.close(),
          on: (type: "message" | "close", listener: (event: { data: unknown }) => void) =>
            type === "message"
              ? port1.on("message", (data) => listener({ data }))
              : port1.on("close", () => listener({ data: undefined })),
        };
        return { port1: main, port2 };
      },
      onInternalError: () => {},
    });
    const openPort = (index: number) => {
      const [port] = received[index]?.ports ?? [];
      if (!port) throw new Error("The window got no port.");
      return portOverMessagePort(port);
    };
    return { window, handover, received, openPort };
  }

  test("answers calls", async () => {
    const { window, handover, received, openPort } = createScene();
    handover.handOver(window);
    expect(received.map(({ channel }) => channel)).toEqual([portChannel]);
    const client = connect(openPort(0), contract);
    expect(await client.call("layout.load", {})).toEqual({ text: "kept" });
    client.close();
  });

  test("a window that asks again, after a reload, gets a new one and loses the old one", async () => {
    const { window, handover, openPort } = createScene();
    handover.handOver(window);
    const first = openPort(0);
    const ended = new Promise<void>((resolve) => first.onClose(resolve));
    handover.handOver(window);
    await ended;
    const client = connect(openPort(1), contract);
    expect(await client.call("layout.load", {})).toEqual({ text: "kept" });
    handover.close();
    await expect(client.call("layout.load", {})).rejects.toMatchObject({ kind: "connection-lost" });
  });
});
