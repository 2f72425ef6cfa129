import { expect, test } from "vitest";
import { orderWays, type WaysAsked } from "./dataWays.ts";

const fresh: WaysAsked = { mode: "automatic", fallsBackToActive: true, isIPv4: true, learnt: null, remembered: null };

test.each<[string, Partial<WaysAsked>, readonly string[]]>([
  ["automatic goes from passive to active", {}, ["EPSV", "PASV", "PORT", "EPRT"]],
  ["automatic stays passive when it may not fall back", { fallsBackToActive: false }, ["EPSV", "PASV"]],
  ["IPv6 has no PASV and no PORT", { isIPv4: false }, ["EPSV", "EPRT"]],
  ["passive is passive only", { mode: "passive", remembered: "PORT" }, ["EPSV", "PASV"]],
  ["active is active only", { mode: "active", remembered: "EPSV" }, ["PORT", "EPRT"]],
  ["what the host remembers comes first", { remembered: "PORT" }, ["PORT", "EPSV", "PASV", "EPRT"]],
  ["what the session learnt counts more", { learnt: "PASV", remembered: "PORT" }, ["PASV", "EPSV"]],
  ["active that has worked leads back to passive", { learnt: "EPRT" }, ["EPRT", "EPSV", "PASV", "PORT"]],
  ["a memory from another version is no way", { remembered: "LPSV" }, ["EPSV", "PASV", "PORT", "EPRT"]],
])("%s", (_what, asked, ways) => {
  expect(orderWays({ ...fresh, ...asked })).toEqual(ways);
});
