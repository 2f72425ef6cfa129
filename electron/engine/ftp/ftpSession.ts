import { AppError, toAppError } from "../../../shared/errors/appError.ts";
import type { DownloadRequest, RemoteSession, UploadRequest } from "../sessions/remoteSession.ts";
import { canSetModified, setModified, setPermissions } from "./operations/attributes.ts";
import { checksum, checksumAlgorithmOf } from "./operations/checksum.ts";
import { command, offeredCommands } from "./operations/command.ts";
import { copy, offersCopy } from "./operations/copy.ts";
import { createLink, offersLinks } from "./operations/createLink.ts";
import { finishUpload } from "./operations/finishUpload.ts";
import { freeSpace } from "./operations/freeSpace.ts";
import { keepAlive } from "./operations/keepAlive.ts";
import { list } from "./operations/list.ts";
import { listHidden } from "./operations/listHidden.ts";
import { makeFolder } from "./operations/makeFolder.ts";
import { quit } from "./operations/quit.ts";
import { offersRemoveTree, removeFile, removeFolder, removeTree } from "./operations/remove.ts";
import { rename } from "./operations/rename.ts";
import { retrieve } from "./operations/retrieve.ts";
import { sendBetween } from "./operations/sendBetween.ts";
import { stat } from "./operations/stat.ts";
import { continuesByRest, store } from "./operations/store.ts";
import { offersRestStream } from "./protocol/features.ts";
import type { Link } from "./session/link.ts";
import type { LoggedIn } from "./session/login.ts";
import { type Representation, setRepresentation } from "./session/representation.ts";

type Exclusively = <T>(signal: AbortSignal, operate: () => Promise<T>) => Promise<T>;

/** What a session of ours is to another one of ours, when a file goes from server to server. */
const insides = new WeakMap<RemoteSession, { readonly link: Link; readonly exclusively: Exclusively }>();

/** A logged-in FTP session as a remote file system: one operation at a time over one link. */
export function ftpSession(
  label: string,
  { system, paths, isEncrypted }: LoggedIn,
  link: Link,
  /** Called after each operation: it may have learnt something about the server. */
  keepLearnt: () => void,
): RemoteSession {
  const { control, codec, features } = link;
  let isBusy = false;
  let isClosing = false;
  const lostCallbacks = new Set<() => void>();
  const tellLost = () => {
    if (isBusy || isClosing) return; // who is busy finds out, who closes knows
    for (const callback of lostCallbacks) callback();
    lostCallbacks.clear();
  };
  control.onClosed(tellLost);

  async function exclusively<T>(
    signal: AbortSignal,
    operate: () => Promise<T>,
    representation: Representation = "I",
  ): Promise<T> {
    if (isBusy) throw new AppError("internal", `${label}: an operation is still running on this session`);
    if (control.closedBy !== null) throw lostAgain(control.closedBy);
    isBusy = true;
    try {
      await control.whenInStep(signal);
      if (control.closedBy !== null) throw lostAgain(control.closedBy);
      await setRepresentation(link, representation, signal);
      const result = await operate();
      if (!control.isOpen) queueMicrotask(tellLost); // the server said 421 right behind its last answer
      return result;
    } catch (error) {
      throw toAppError(error);
    } finally {
      isBusy = false;
      keepLearnt();
    }
  }

  async function sendTo(target: RemoteSession, path: string, targetPath: string, signal: AbortSignal): Promise<void> {
    const other = insides.get(target);
    if (other === undefined) throw new AppError("unsupported-command", "The other server does not speak FTP");
    const ends = [
      { link, path },
      { link: other.link, path: targetPath },
    ] as const;
    await exclusively(signal, () => other.exclusively(signal, () => sendBetween(...ends, signal)));
  }

  const session: RemoteSession = {
    label,
    system,
    startFolder: paths.startFolder,
    security: {
      encrypted: isEncrypted,
      dataProtected: link.isDataProtected,
      ...(link.tls?.describe() ?? { protocol: null, cipher: null, certificate: null }),
    },
    get encoding() {
      return codec.label;
    },
    can: {
      // Without FEAT nobody knows; REST is older than FEAT, and a refusal is told apart.
      get resumeDownload() {
        return !link.learnt.restIsRefused && (!link.knowsFeat || offersRestStream(features));
      },
      get resumeUpload() {
        return continuesByRest(link) || !link.learnt.appendIsRefused;
      },
      get setModified() {
        return canSetModified(link);
      },
      checksum: checksumAlgorithmOf(features),
      copy: offersCopy(features),
      createLink: offersLinks(features),
      removeTree: offersRemoveTree(features),
      showLinks: !features.has("MLST"), // pyftpdlib: MLSD says type=dir of a link to a folder
    },
    get isUsable() {
      return control.isOpen && !isClosing;
    },
    onLost: (callback) => {
      lostCallbacks.add(callback);
      return () => lostCallbacks.delete(callback);
    },

    list: (path, onEntries, signal) => exclusively(signal, () => list(link, path, onEntries, signal)),
    listHidden: (path, onEntries, signal) => exclusively(signal, () => listHidden(link, path, onEntries, signal)),
    stat: (path, signal) => exclusively(signal, () => stat(link, path, signal)),
    download: (request, signal) => exclusively(signal, () => retrieve(link, request, signal), formOf(request)),
    upload: (request, signal) => exclusively(signal, () => store(link, request, signal), formOf(request)),
    finishUpload: (path, modifiedMs, signal) => exclusively(signal, () => finishUpload(link, path, modifiedMs, signal)),
    makeFolder: (path, signal) => exclusively(signal, () => makeFolder(link, path, signal)),
    removeFile: (path, signal) => exclusively(signal, () => removeFile(link, path, signal)),
    removeFolder: (path, signal) => exclusively(signal, () => removeFolder(link, path, signal)),
    removeTree: (path, signal) => exclusively(signal, () => removeTree(link, path, signal)),
    rename: (path, newPath, signal) => exclusively(signal, () => rename(link, path, newPath, signal)),
    setPermissions: (path, mode, signal) => exclusively(signal, () => setPermissions(link, path, mode, signal)),
    setModified: (path, modifiedMs, signal) => exclusively(signal, () => setModified(link, path, modifiedMs, signal)),
    checksum: (path, signal) => exclusively(signal, () => checksum(link, path, signal)),
    copy: (path, newPath, signal) => exclusively(signal, () => copy(link, path, newPath, signal)),
    createLink: (target, path, signal) => exclusively(signal, () => createLink(link, target, path, signal)),
    freeSpace: (folder, signal) => exclusively(signal, () => freeSpace(link, folder, signal)),
    sendTo,
    command: (line, signal) => exclusively(signal, () => command(link, line, signal)),
    offeredCommands: (signal) => exclusively(signal, () => offeredCommands(link, signal)),
    keepAlive: (signal) => exclusively(signal, () => keepAlive(link, signal)),
    close: async () => {
      if (isClosing) return;
      isClosing = true;
      await quit(link, isBusy);
    },

    toWire: codec.encode,
    toText: codec.decode,
  };
  insides.set(session, { link, exclusively });
  return session;
}

function formOf({ isText }: DownloadRequest | UploadRequest): Representation {
  return isText ? "A" : "I";
}

/** A fresh error for each caller, so that stacks tell who asked. */
function lostAgain(reason: AppError): AppError {
  return new AppError("connection-lost", reason.message, { reply: reason.reply, cause: reason });
}
