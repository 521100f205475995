/** One login module of a `sasl.jaas.config`, with its options. */
export interface JaasModule {
  /** The class name without its package. */
  readonly name: string;
  readonly options: ReadonlyMap<string, string>;
}

/** `org.x.PlainLoginModule required username="alice" password="…";` or null when it is not of that form. */
export function parseJaasConfig(text: string): JaasModule | null {
  const [, className, flags] = /^\s*([\w.$]+)\s+(?:required|requisite|sufficient|optional)\b(.*)$/is.exec(text) ?? [];
  if (className === undefined || flags === undefined) return null;
  const options = new Map<string, string>();
  // A value is quoted, with backslash escapes, or a bare word; what stands behind the semicolon is another module.
  const option = /\s*([\w.]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([^\s;"']+))/gsy;
  let end = 0;
  for (let found = option.exec(flags); found !== null; found = option.exec(flags)) {
    const [, name = '', double, single, bare = ''] = found;
    options.set(name, (double ?? single ?? bare).replace(/\\(.)/gs, '$1'));
    end = option.lastIndex;
  }
  if (!/^\s*;/.test(flags.slice(end))) return null;
  return { name: className.split('.').at(-1) ?? className, options };
}
