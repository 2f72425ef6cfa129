const tones = [
  { hertz: 659.25, atSeconds: 0 },
  { hertz: 880, atSeconds: 0.16 },
] as const;
const toneSeconds = 0.45;

/** Two soft tones, made on the spot: there is no file to load and none to license. */
export function playChime(): void {
  const context = new AudioContext();
  for (const { hertz, atSeconds } of tones) {
    const begin = context.currentTime + atSeconds;
    const tone = new OscillatorNode(context, { type: "sine", frequency: hertz });
    const loudness = new GainNode(context, { gain: 0 });
    loudness.gain.setValueAtTime(0, begin);
    loudness.gain.linearRampToValueAtTime(0.2, begin + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, begin + toneSeconds);
    tone.connect(loudness).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + toneSeconds);
    if (atSeconds > 0) tone.onended = () => void context.close();
  }
}
