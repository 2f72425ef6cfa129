import * as z from "zod/mini";
import { wireErrorSchema } from "../errors/appError.ts";

const frameId = z.int().check(z.gte(0));

/** From the renderer down. `stop` cancels a call and ends a stream. */
export const downFrameSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("call"), id: frameId, name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal("open"), id: frameId, name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal("stop"), id: frameId }),
]);
export type DownFrame = z.infer<typeof downFrameSchema>;

/** From the engine up. `done` and `fail` end their id; `item` belongs to an open stream. */
export const upFrameSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("done"), id: frameId, output: z.unknown() }),
  z.object({ type: z.literal("item"), id: frameId, item: z.unknown() }),
  z.object({ type: z.literal("fail"), id: frameId, error: wireErrorSchema }),
]);
export type UpFrame = z.infer<typeof upFrameSchema>;

/** One end of a transport. Frames arrive in order, whole, as plain data; whether they are valid is for the receiver to parse. */
export type Port = {
  readonly send: (frame: DownFrame | UpFrame) => void;
  readonly onFrame: (receive: (frame: unknown) => void) => () => void;
  readonly onClose: (closed: () => void) => () => void;
  readonly close: () => void;
};
