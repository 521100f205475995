/**
 * A Java properties file as Kafka's tools read it (java.util.Properties): `key=value`, `key: value` or `key value`,
 * comments after `#` or `!`, lines continued by a trailing backslash, escapes `\t \n \r \f \uXXXX`. The last of equal keys wins.
 */
export function parseJavaProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const [, key = '', value = ''] = /^((?:\\.|[^\\=:\s])*)[ \t\f]*[=:]?[ \t\f]*(.*)$/s.exec(line) ?? [];
    properties.set(unescaped(key), unescaped(value));
  }
  return properties;
}

function* logicalLines(text: string): Generator<string> {
  let continued = '';
  for (const line of text.split(/\r\n|\r|\n/)) {
    const content = line.trimStart();
    if (continued === '' && (content === '' || content.startsWith('#') || content.startsWith('!'))) continue;
    // An even number of backslashes is that many escaped ones, not a continuation.
    const isContinued = (/\\*$/.exec(content)?.[0].length ?? 0) % 2 === 1;
    continued += isContinued ? content.slice(0, -1) : content;
    if (isContinued) continue;
    yield continued;
    continued = '';
  }
  if (continued !== '') yield continued;
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescaped(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|(.))/gs,
    (_, unicode: string | undefined, character: string | undefined) =>
      unicode === undefined
        ? (ESCAPES[character ?? ''] ?? character ?? '')
        : String.fromCharCode(Number.parseInt(unicode, 16)),
  );
}
