import { as400 } from "./as400.ts";
import { dos } from "./dos.ts";
import { eplf } from "./eplf.ts";
import { mlsd } from "./mlsd.ts";
import { mvs, mvsBySystem } from "./mvs.ts";
import { netware } from "./netware.ts";
import { nonStop } from "./nonStop.ts";
import { os2 } from "./os2.ts";
import { rareFamilies } from "./rareFamilies.ts";
import { connectEnterprise, dls } from "./rareUnixLike.ts";
import type { ListingFamily } from "./rawEntry.ts";
import { unix } from "./unix.ts";
import { unixNumeric } from "./unixNumeric.ts";
import { vms } from "./vms.ts";
import { zvm } from "./zvm.ts";

/** Every family that its lines alone give away, the commonest and most certain first. */
const families: readonly ListingFamily[] = [
  mlsd,
  unix,
  dos,
  eplf,
  vms,
  as400,
  mvs,
  os2,
  netware,
  unixNumeric,
  connectEnterprise,
  ...rareFamilies,
  dls,
];

/**
 * The families to try on a server that calls itself `system` (SYST, RFC 959 §4.1.3). Mainframes write lines that mean something else
 * elsewhere; their families come first, and only there.
 */
export function listingFamilies(system: string | null): readonly ListingFamily[] {
  const name = system?.toUpperCase() ?? "";
  if (/\bZ\/?VM\b|^VM\b|VM\/ESA/.test(name)) return [zvm, ...families];
  if (/\bMVS\b|\bZ\/OS\b|\bOS\/390\b/.test(name)) return [mvsBySystem, ...families];
  if (/NON-?STOP|GUARDIAN|TANDEM/.test(name)) return [nonStop, ...families];
  return families;
}
