/**
 * Whether a file most likely shrinks, by the extension of its wire name: text, and what is stored without compression of its own. What
 * nobody knows is sent as it is: compressing what is compressed costs time and wins nothing.
 */
export function isCompressible(wirePath: string): boolean {
  const name = wirePath.slice(wirePath.lastIndexOf("/") + 1);
  const [, extension = ""] = /.\.([A-Za-z0-9]+)$/.exec(name) ?? [];
  return compressible.has(extension.toLowerCase());
}

const compressible: ReadonlySet<string> = new Set(
  [
    "asc c cc cfg conf cpp cs css csv cxx d dart diff eml erl ex f90 fs go gpx h hpp hs htm html ics inc ini java js json json5 jsonl",
    "jsx kml kt less log lua m3u m4 md mjs mk nfo nsh nsi obj pas patch pem php pl plist ply po properties ps py r rb rs rst rtf sass",
    "scala scss sh sql srt stl svg swift tcl tex toml ts tsv tsx txt vb vcf vtt wat wsdl xhtml xml xsd xsl yaml yml",
    "bmp db dbf dll doc dwg dxf eps exe ico iso ldf mdb mdf pdb pgm pnm ppm ppt psd so sqlite tar tga tif tiff ttf vhd wasm wav xls",
  ].flatMap((row) => row.split(" ")),
);
