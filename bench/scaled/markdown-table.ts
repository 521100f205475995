/** A Markdown table of numbers under its title. */
export const markdownTable = (title: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [`### ${title}`, '', ...[head, head.map(() => '---:'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)].join(
    '\n',
  );
