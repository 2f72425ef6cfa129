import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineApi } from "../../shared/contract/contract.ts";
import { localPlace, type Place } from "../../shared/models/place.ts";
import { defaultSiteSettings, type SiteSettings } from "../../shared/models/site.ts";
import { createAppApi } from "./api/appApi.ts";
import { createBrowseApi } from "./api/browseApi.ts";
import { createExchangeApi } from "./api/exchangeApi.ts";
import { createJobsApi } from "./api/jobsApi.ts";
import { createPromptsApi } from "./api/promptsApi.ts";
import { createQueueApi } from "./api/queueApi.ts";
import { createSitesApi } from "./api/sitesApi.ts";
import { createConnections } from "./browse/connections.ts";
import { createCopyToSite } from "./browse/copyToSite.ts";
import { createFolderWatch } from "./browse/folderWatch.ts";
import { createJobBoard } from "./browse/jobs/jobBoard.ts";
import { createLocalTree } from "./browse/jobs/localTree.ts";
import { createRemoteTree } from "./browse/jobs/remoteTree.ts";
import { createLocalFiles } from "./browse/localFiles.ts";
import { createLocalReader } from "./browse/localReader.ts";
import { createRemoteFiles } from "./browse/remoteFiles.ts";
import { createRemoteReader } from "./browse/remoteReader.ts";
import { createDocumentStore } from "./db/documentStore.ts";
import { keepCopy } from "./db/keepCopy.ts";
import { mendDatabases } from "./db/mendDatabases.ts";
import { openDatabase } from "./db/openDatabase.ts";
import { portsideMigrations } from "./db/portsideSchema.ts";
import { startDemoServer } from "./demo/demoServer.ts";
import { prepareDemoFiles, prepareDemoLocalFiles } from "./demo/demoSite.ts";
import { openFtpSession } from "./ftp/openFtpSession.ts";
import { isEncoding, textCodec } from "./ftp/text/codec.ts";
import { toLocalError } from "./local/localErrors.ts";
import { createLocalFolders } from "./local/localFolders.ts";
import { createMappedNames } from "./local/mappedNames.ts";
import { createStaging, type Staging } from "./local/staging.ts";
import { openWholeFileDisk } from "./local/wholeFileDisk.ts";
import { createLogHub } from "./log/logHub.ts";
import type { HostPorts } from "./ports.ts";
import { createPromptBoard } from "./prompts/promptBoard.ts";
import { createDemoLife } from "./sessions/demoLife.ts";
import type { OpenSession } from "./sessions/remoteSession.ts";
import { createSessionOpener } from "./sessions/sessionOpener.ts";
import { createSessionPool } from "./sessions/sessionPool.ts";
import { rateIn, rateNow, wallTimeOf } from "./sessions/speed/rateNow.ts";
import { createSpeedLimits } from "./sessions/speed/speedLimits.ts";
import { createProxyPasswords } from "./settings/proxyPasswords.ts";
import { createSettingsStore } from "./settings/settingsStore.ts";
import { createCertificateStore } from "./sites/certificateStore.ts";
import { createEncryptedHosts } from "./sites/encryptedHosts.ts";
import { createPasswordMemory } from "./sites/passwordMemory.ts";
import { sealReadableAccounts } from "./sites/sealAccounts.ts";
import { createServerFactsStore } from "./sites/serverFactsStore.ts";
import { createSiteEncodings } from "./sites/siteEncodings.ts";
import { createSiteStore } from "./sites/siteStore.ts";
import { createTransferQueue } from "./transfer/createTransferQueue.ts";
import { openDigests } from "./transfer/evidence/digests.ts";
import { queueMigrations } from "./transfer/store/queueSchema.ts";
import { doWhenFinished } from "./transfer/whenFinished.ts";

export { createKeyFileSecrets } from "./sites/keyFileSecrets.ts";

/** Portside without a window: the contract's handlers, and a way in for files that cannot be named by a path. */
export type Engine = {
  readonly api: EngineApi;
  readonly staging: Pick<Staging, "receive">;
  /** Ends transfers and sessions in order; the queue goes on at the next start. Resolves when no timer or socket is left. */
  readonly close: () => Promise<void>;
};

/** What a test may put in the place of the real thing. */
export type EngineParts = { readonly openSession: OpenSession };

const sessionsPerSite = 21; // one for browsing, and as many as may transfer at once; a server that allows fewer says so, and is believed

/** The composition root: makes every part and hands each what it needs. Nothing in the engine is global. */
export async function createEngine(host: HostPorts, parts: Partial<EngineParts> = {}): Promise<Engine> {
  const { clock, dirs, secrets } = host;
  await mkdir(dirs.data, { recursive: true, mode: 0o700 });
  const sitesFile = join(dirs.data, "portside.sqlite");
  const sitesCopy = join(dirs.data, "portside.copy.sqlite");
  const queueFile = join(dirs.data, "queue.sqlite");
  const mended = mendDatabases(clock.now(), [
    { what: "sites", file: sitesFile, migrations: portsideMigrations, copy: sitesCopy },
    { what: "queue", file: queueFile, migrations: queueMigrations },
  ]);
  const db = openDatabase(sitesFile, portsideMigrations);
  keepCopy(db, sitesCopy);
  const documents = createDocumentStore(db);
  const isFirstStart = documents.load("first-start") === null;
  if (isFirstStart) documents.save("first-start", new Date(clock.now()).toISOString());

  const log = createLogHub(clock);
  const portsideLog = log.sessionLog(null);
  for (const { what, rows, keptAt } of mended)
    portsideLog.error(`The database of ${what} was damaged; ${rows} rows were recovered. The damaged file: ${keptAt}`);
  const settings = createSettingsStore(documents);
  const proxyPasswords = createProxyPasswords(documents, secrets);
  const prompts = createPromptBoard(clock);
  const certificates = createCertificateStore(db, prompts.ask);
  const passwords = createPasswordMemory();
  const accounts = createPasswordMemory();
  await sealReadableAccounts(db, secrets);
  const sites = createSiteStore({
    db,
    secrets,
    onDamaged: (count) => portsideLog.error(`${count} saved sites or folders cannot be read and are left aside.`),
  });

  const demoFolder = join(dirs.data, "demo");
  const demo = createDemoLife({
    prepare: async () => {
      await prepareDemoFiles(join(demoFolder, "server"));
      await prepareDemoLocalFiles(join(demoFolder, "local"));
    },
    start: (user, password) => startDemoServer({ root: join(demoFolder, "server"), user, password }),
  });
  const openDemo = async () => {
    const { port, user } = await demo.ensure();
    return sites.rememberDemo({ ...demoSite, port, user, localFolder: join(demoFolder, "local") });
  };

  const serverFacts = createServerFactsStore(documents, clock);
  /** A site that is gone has no address any more. */
  const addressOf = (siteId: string) => sites.find(siteId) ?? { host: "", port: 0 };
  const encodings = createSiteEncodings({
    sites,
    isEncoding,
    onChanged: (siteId) => {
      connections.noteEncoding(siteId);
      queue.noteNames(); // of a site without a connection too
    },
  });
  /** Names of a site whose connection is not open. */
  const awayCodec = (siteId: string) => textCodec({ encoding: encodings.of(siteId), speaksUtf8: true });

  const speed = createSpeedLimits({
    clock,
    rateOfAll: (direction, nowMs) => rateNow(settings.get(), direction, wallTimeOf(nowMs)),
    rateOfSite: (siteId, direction) => rateIn(sites.find(siteId), direction),
  });
  const stopSpeedWatch = settings.watch(speed.changed);

  const openSession = createSessionOpener({
    speed: speed.open,
    serverFacts,
    openSession: parts.openSession ?? openFtpSession,
    sites,
    passwords,
    accounts,
    ensureDemo: demo.ensure,
    trust: certificates.decide,
    encodingOf: encodings.of,
    ask: prompts.ask,
    encryptedHosts: createEncryptedHosts(documents),
    readText: (path) => readFile(path, "utf8").catch((error) => Promise.reject(toLocalError(error, path))),
    settings: settings.get,
    proxyPassword: proxyPasswords.get,
    log,
    clock,
  });
  const digests = openDigests();
  const pool = createSessionPool({
    open: (siteId, label, signal) => {
      digests.prepare();
      return openSession(siteId, label, signal);
    },
    limitOf: (siteId) => sites.find(siteId)?.sessionLimit ?? sessionsPerSite,
    ceilings: {
      recall: (siteId) => serverFacts.recall(addressOf(siteId)).sessionCeiling,
      note: (siteId, sessionCeiling) => serverFacts.note(addressOf(siteId), { sessionCeiling }),
    },
    clock,
  });

  const local = createLocalFolders({ platform: process.platform, home: dirs.home, clock });
  const staging = createStaging(join(dirs.data, "staging"), local.describe);
  const localReader = createLocalReader(local);
  const localFiles = createLocalFiles(local);

  const folders = createFolderWatch({
    clock,
    readerOf: (place) =>
      place.side === "local" ? localReader : createRemoteReader(connections.get(place.connectionId)),
  });
  const connections = createConnections({
    sites,
    leaseForBrowsing: pool.leaseForBrowsing,
    keepAliveMs: () => settings.get().keepAliveMs,
    isWatched: folders.isWatched,
    clock,
    log,
    encodingOf: encodings.of,
    onEncodingChanged: (connectionId) => {
      folders.readAnew(connectionId);
      queue.noteNames();
    },
    onRecovered: folders.recover,
    onClosed: folders.forget,
  });
  const filesOf = (place: Place) =>
    place.side === "local" ? localFiles : createRemoteFiles(connections.get(place.connectionId));

  const localTree = createLocalTree(local);
  const jobs = createJobBoard({
    treeOf: (place) => (place.side === "local" ? localTree : createRemoteTree(connections.get(place.connectionId))),
    onTouched: folders.touch,
    clock,
  });

  const disk = openWholeFileDisk();
  const queue = createTransferQueue({
    file: queueFile,
    clock,
    mappedNames: createMappedNames(db),
    lease: pool.lease,
    disk,
    digests,
    sparesOf: (siteId) =>
      // What is compressed is one stream from its first byte to its last.
      sites.find(siteId)?.compresses ? null : (onWanted, signal) => pool.leaseSpare(siteId, onWanted, signal),
    ask: prompts.ask,
    settings,
    siteName: (siteId) => sites.find(siteId)?.name ?? "",
    displayPath: (siteId, path) => (connections.ofSite(siteId)?.toText ?? awayCodec(siteId).decode)(path),
    toWire: (siteId, text) => (connections.ofSite(siteId)?.toWire ?? awayCodec(siteId).encode)(text),
    wishesOf: (siteId) => sites.find(siteId) ?? defaultSiteSettings,
    renamesOf: (siteId) => ({
      recall: () => serverFacts.recall(addressOf(siteId)).renamesOver,
      note: (renamesOver) => serverFacts.note(addressOf(siteId), { renamesOver }),
    }),
    onTargetChanged: ({ side, siteId, folder }) => {
      const connectionId = connections.ofSite(siteId)?.id;
      if (side === "local") folders.touch(localPlace, folder);
      else if (connectionId) folders.touch({ side, connectionId }, folder);
    },
    onLineBroken: pool.distrustIdle,
    onSourceDone: (path) => {
      staging.forget(path).catch(() => {}); // what stays is removed at the next start
    },
    onSourceRemoved: (path) => {
      staging.giveUp(path, queue.readsBelow).catch(() => {});
    },
    onEnd: doWhenFinished({ settings, endings: host.endings, log: portsideLog }),
    log: portsideLog,
  });

  const stopSiteWatch = sites.watchChanges(({ siteId, what }) => {
    if (what === "encoding") return encodings.forget(siteId);
    pool.forgetSite(siteId);
    if (what === "login") return connections.noteChange(siteId);
    passwords.forget(siteId);
    accounts.forget(siteId);
    const connection = connections.ofSite(siteId);
    if (connection) connections.close(connection.id).catch(() => {});
  });

  const { forgiveRejections } = pool;
  const api: EngineApi = {
    ...createSitesApi({ sites, passwords, accounts, openDemo, isNeeded: queue.needsSite }),
    ...createBrowseApi({
      connections,
      folders,
      filesOf,
      copyToSite: createCopyToSite({
        lease: pool.lease,
        leaseSpare: pool.leaseSpare,
        allowsFxp: (siteId) => sites.find(siteId)?.allowsFxp ?? false,
      }),
      passwords,
      serverFacts,
      addressOf,
      chooseEncoding: encodings.choose,
      forgiveRejections,
    }),
    ...createJobsApi(jobs),
    ...createQueueApi({
      queue,
      siteOf: (connectionId) => connections.get(connectionId).siteId,
      forgiveRejections,
    }),
    ...createExchangeApi({ queue, sites, isEncoding }),
    ...createPromptsApi(prompts),
    ...createAppApi({
      host,
      isFirstStart,
      mended,
      settings,
      proxyPasswords,
      documents,
      log,
      staging,
      local,
      isNeeded: queue.readsBelow,
    }),
  };

  const close = async () => {
    stopSiteWatch();
    stopSpeedWatch();
    await Promise.all([queue.close(), jobs.close()]);
    await Promise.all([disk.close(), digests.close()]);
    folders.close();
    await connections.closeAll();
    await pool.close();
    await demo.close();
    log.close();
    db.close();
  };

  await staging.removeLeftOvers(queue.readsBelow);
  await queue.start();
  let closed: Promise<void> | null = null;
  return {
    api,
    staging,
    close: () => {
      closed ??= close(); // a host may be told to end more than once
      return closed;
    },
  };
}

/** What the demo server is called among the sites; its port and password are those of each run. */
const demoSite: SiteSettings = {
  ...defaultSiteSettings,
  name: "Demo server",
  host: "127.0.0.1",
  encryption: "plain",
};
