import * as z from "zod/mini";
import { typedNameSchema } from "./place.ts";
import { directionSchema } from "./transfer.ts";

/** One side of a conflict. */
const fileFactsSchema = z.object({
  path: z.string(),
  size: z.nullable(z.number()),
  modifiedMs: z.nullable(z.number()),
});
export type FileFacts = z.infer<typeof fileFactsSchema>;

export const conflictActionSchema = z.enum([
  "overwrite",
  "overwrite-if-newer",
  "overwrite-if-size-differs",
  "overwrite-if-size-differs-or-newer",
  "resume",
  "rename",
  "skip",
]);
export type ConflictAction = z.infer<typeof conflictActionSchema>;

/** What may be settled beforehand. */
export const conflictChoiceSchema = z.enum(["ask", ...conflictActionSchema.options]);
export type ConflictChoice = z.infer<typeof conflictChoiceSchema>;

/** Why a certificate is not trusted by itself. "changed": this host showed another trusted certificate before. */
export const certificateReasonSchema = z.enum([
  "self-signed",
  "unknown-issuer",
  "expired",
  "not-yet-valid",
  "wrong-host",
  "changed",
  "other",
]);
export type CertificateReason = z.infer<typeof certificateReasonSchema>;

export const certificateFactsSchema = z.object({
  subject: z.string(),
  /** Host names and addresses it is made for. */
  names: z.array(z.string()),
  issuer: z.string(),
  validFromMs: z.number(),
  validToMs: z.number(),
  /** SHA-256 over the DER, upper-case hex pairs joined by ":". */
  fingerprint256: z.string(),
});
export type CertificateFacts = z.infer<typeof certificateFactsSchema>;

const conflictQuestionSchema = z.object({
  kind: z.literal("conflict"),
  transferId: z.int(),
  batchId: z.int(),
  direction: directionSchema,
  source: fileFactsSchema,
  target: fileFactsSchema,
  canResume: z.boolean(),
  /** A free name in the target folder, offered for "rename". */
  suggestedName: z.string(),
});

const certificateQuestionSchema = z.object({
  kind: z.literal("certificate"),
  host: z.string(),
  port: z.int(),
  certificate: certificateFactsSchema,
  reasons: z.array(certificateReasonSchema),
  /** The certificate trusted before, when `reasons` holds "changed". */
  previous: z.nullable(certificateFactsSchema),
});

const passwordQuestionSchema = z.object({
  kind: z.literal("password"),
  siteId: z.string(),
  siteName: z.string(),
  host: z.string(),
  user: z.string(),
});

/** A host that encrypted before no longer offers it; the password would travel readable. */
const downgradeQuestionSchema = z.object({ kind: z.literal("downgrade"), host: z.string(), port: z.int() });

export const questionSchema = z.discriminatedUnion("kind", [
  conflictQuestionSchema,
  certificateQuestionSchema,
  passwordQuestionSchema,
  downgradeQuestionSchema,
]);
export type Question = z.infer<typeof questionSchema>;
export type ConflictQuestion = z.infer<typeof conflictQuestionSchema>;
export type CertificateQuestion = z.infer<typeof certificateQuestionSchema>;
export type DowngradeQuestion = z.infer<typeof downgradeQuestionSchema>;
export type PasswordQuestion = z.infer<typeof passwordQuestionSchema>;

/** A question waiting for the user. It goes away when it is answered or when who asked no longer waits. */
export const promptSchema = z.object({ id: z.int(), askedMs: z.number(), question: questionSchema });
export type Prompt = z.infer<typeof promptSchema>;

/** How far a conflict answer reaches. "direction": every transfer that way until Portside ends; "always": it becomes the setting. */
export const answerScopeSchema = z.enum(["this", "batch", "direction", "always"]);
export type AnswerScope = z.infer<typeof answerScopeSchema>;

export const answerSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("conflict"),
    action: conflictActionSchema,
    /** For "rename" with scope "this"; otherwise a free name is chosen. */
    newName: z.optional(typedNameSchema),
    scope: answerScopeSchema,
  }),
  z.object({ kind: z.literal("certificate"), decision: z.enum(["trust-once", "trust-always", "reject"]) }),
  /** Whether to go on without encryption, until Portside ends. */
  z.object({ kind: z.literal("downgrade"), proceeds: z.boolean() }),
  z.object({ kind: z.literal("password"), password: z.nullable(z.string().check(z.maxLength(1024))) }),
]);
export type Answer = z.infer<typeof answerSchema>;
export type AnswerTo<K extends Question["kind"]> = Extract<Answer, { kind: K }>;
