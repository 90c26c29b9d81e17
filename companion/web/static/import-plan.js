// Reads a zip's central directory to find the byte ranges that an import needs; media files are not uploaded.

/** @typedef {{ from: number, to: number }} Stretch bytes of the file, the end not included */

const END = 0x06054b50, END_64 = 0x06064b50, LOCATOR_64 = 0x07064b50, ENTRY = 0x02014b50;
const ALL = 0xffffffff;
/** An end record is 22 bytes and a comment of at most 65,535. */
const TAIL = 22 + 65_535;

/** @param {Blob} file @param {number} from @param {number} to */
const view = async (file, from, to) => new DataView(await file.slice(from, to).arrayBuffer());

/**
 * Find the directory: where it begins and ends.
 * @param {Blob} file
 * @returns {Promise<Stretch | null>} null for what is no whole zip
 */
async function directory(file) {
  const from = Math.max(0, file.size - TAIL);
  const tail = await view(file, from, file.size);
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    const found = { from: tail.getUint32(at + 16, true), to: from + at };
    if (found.from !== ALL && tail.getUint32(at + 12, true) !== ALL) return found.from <= found.to ? found : null;
    return at >= 20 && tail.getUint32(at - 20, true) === LOCATOR_64
      ? directory64(file, Number(tail.getBigUint64(at - 12, true)))
      : null;
  }
  return null;
}

/** @param {Blob} file @param {number} at where the end record of a large zip is @returns {Promise<Stretch | null>} */
async function directory64(file, at) {
  if (at + 56 > file.size) return null;
  const end = await view(file, at, at + 56);
  return end.getUint32(0, true) === END_64 ? { from: Number(end.getBigUint64(48, true)), to: at } : null;
}

/**
 * Return the offset of an entry, also from the ZIP64 extra field.
 * @param {DataView} table
 * @param {number} at
 * @param {number} name length of the name
 * @param {number} extra length of the extra field
 */
function offset(table, at, name, extra) {
  const plain = table.getUint32(at + 42, true);
  if (plain !== ALL) return plain;
  const before = (table.getUint32(at + 24, true) === ALL ? 8 : 0) + (table.getUint32(at + 20, true) === ALL ? 8 : 0);
  for (let field = at + 46 + name; field + 4 <= at + 46 + name + extra; field += 4 + table.getUint16(field + 2, true)) {
    if (table.getUint16(field, true) === 1) return Number(table.getBigUint64(field + 4 + before, true));
  }
  return NaN;
}

/**
 * Return whether the import may open a member. Some programs of Windows write backslashes between folders, and who zips
 * the content of X's data folder anew has none of that name.
 * @param {string} path
 * @param {Set<string>} kinds
 */
function wanted(path, kinds) {
  if (/(^|[\\/])data[\\/]js[\\/]/.test(path)) return true;
  const found = /(?:^|[\\/])([a-z-]+?)(?:-part\d+)?\.js$/.exec(path);
  return found !== null && kinds.has(found[1]);
}

/**
 * Tell which stretches of an archive are to be sent, in order: the members that the import opens and the directory.
 * @param {Blob} file
 * @param {Set<string>} kinds names of the members that are opened
 * @returns {Promise<Stretch[] | null>} null for what is no whole zip
 */
export async function plan(file, kinds) {
  const place = await directory(file);
  if (!place) return null;
  const table = await view(file, place.from, place.to);
  const members = [];
  for (let at = 0; at + 46 <= table.byteLength && table.getUint32(at, true) === ENTRY; ) {
    const name = table.getUint16(at + 28, true), extra = table.getUint16(at + 30, true);
    const path = new TextDecoder().decode(
      new Uint8Array(table.buffer, at + 46, Math.min(name, table.byteLength - at - 46)),
    );
    members.push({ from: offset(table, at, name, extra), wanted: wanted(path, kinds) });
    at += 46 + name + extra + table.getUint16(at + 32, true);
  }
  // A directory that is not where it is said to be (something was put before the zip) is left for the companion to
  // find.
  return members.length === 0 ? [{ from: 0, to: file.size }] : stretches(members, place.from, file.size);
}

/**
 * @param {{ from: number, wanted: boolean }[]} members
 * @param {number} end where the members end
 * @param {number} size of the file
 */
function stretches(members, end, size) {
  members.sort((one, other) => one.from - other.from);
  /** @type {Stretch[]} */
  const found = [];
  members.forEach((member, number) => {
    if (!member.wanted) return;
    const to = members[number + 1]?.from ?? end, last = found.at(-1);
    if (last && last.to === member.from) last.to = to;
    else found.push({ from: member.from, to });
  });
  return members.some((member) => !(member.from < end)) ? null : [...found, { from: end, to: size }];
}
