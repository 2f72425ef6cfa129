import { crc32, deflateSync } from "node:zlib";

/** A valid PNG, `width` × `height`, 8-bit RGB: sky over water, its colours chosen by `hue` (0–359). */
export function drawPng(width: number, height: number, hue: number): Buffer {
  const rowBytes = 1 + width * 3;
  const pixels = Buffer.alloc(rowBytes * height); // each row begins with filter 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = colourAt(x / width, y / height, hue);
      pixels.set([red, green, blue], y * rowBytes + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** An SVG of concentric rings around `letter`. */
export function drawSvg(letter: string, hue: number): string {
  const rings = [120, 90, 60].map(
    (radius, index) => `  <circle cx="128" cy="128" r="${radius}" fill="hsl(${hue} 55% ${35 + index * 18}%)"/>`,
  );
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">',
    ...rings,
    `  <text x="128" y="152" font-family="sans-serif" font-size="72" text-anchor="middle" fill="#fff">${letter}</text>`,
    "</svg>",
    "",
  ].join("\n");
}

/** Length, kind, content, CRC-32 over kind and content. */
function chunk(kind: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

const horizon = 0.55;

function colourAt(x: number, y: number, hue: number): readonly [number, number, number] {
  const isSky = y < horizon + 0.01 * Math.sin(x * 40);
  const light = isSky ? 0.85 - y * 0.5 : 0.35 + 0.1 * Math.sin(x * 60 + y * 90);
  return hslToRgb((hue + (isSky ? 0 : 160)) % 360, 0.5, light);
}

function hslToRgb(hue: number, saturation: number, light: number): readonly [number, number, number] {
  const spread = saturation * Math.min(light, 1 - light);
  const channel = (shift: number) => {
    const step = (shift + hue / 30) % 12;
    return Math.round(255 * (light - spread * Math.max(-1, Math.min(step - 3, 9 - step, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
