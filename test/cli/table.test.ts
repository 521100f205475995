import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type Column, plain, renderTable, showsColour } from '../../cli/table.ts';

const columns: readonly Column[] = [{ title: 'GROUP' }, { title: 'LAG', align: 'right' }, { title: 'STATUS' }];

describe('a table', () => {
  test('has columns as wide as their widest cell, and no blanks at a line’s end', () => {
    const rows = [
      [plain('billing'), plain('1,204'), plain('STALLED')],
      [plain('a'), plain('7'), plain('OK')],
    ];
    expect(renderTable(columns, rows, false)).toEqual([
      'GROUP      LAG  STATUS',
      'billing  1,204  STALLED',
      'a            7  OK',
    ]);
  });

  test('counts wide characters as the two columns that they take', () => {
    const rows = [[plain('請求'), plain('1'), plain('OK')]];
    expect(renderTable(columns, rows, false)).toEqual(['GROUP  LAG  STATUS', '請求     1  OK']);
  });

  test('without rows is its titles', () => {
    expect(renderTable(columns, [], false)).toEqual(['GROUP  LAG  STATUS']);
  });

  test('shows a tone as colour where that is wanted', () => {
    const rows = [[plain('a'), plain('7'), { text: 'STALLED', tone: 'bad' as const }]];
    expect(renderTable(columns, rows, true)[1]).toBe('a        7  \u001b[31mSTALLED\u001b[39m');
    expect(renderTable(columns, rows, false)[1]).toBe('a        7  STALLED');
  });

  test.each([
    { why: 'a terminal', isTTY: true, env: {}, colour: true },
    { why: 'a file or a pipe', isTTY: undefined, env: {}, colour: false },
    { why: 'NO_COLOR', isTTY: true, env: { NO_COLOR: '1' }, colour: false },
    { why: 'an empty NO_COLOR says nothing', isTTY: true, env: { NO_COLOR: '' }, colour: true },
    { why: 'a terminal that knows none', isTTY: true, env: { TERM: 'dumb' }, colour: false },
  ])('colour on $why: $colour', ({ isTTY, env, colour }) => {
    expect(showsColour(Object.assign(new PassThrough(), { isTTY }), env)).toBe(colour);
  });

  test('a name cannot move the cursor', () => {
    const [, row] = renderTable([{ title: 'GROUP' }], [[plain('evil\u001b[2J\nname\u202e')]], false);
    expect(row).toBe('evil\uFFFD[2J\uFFFDname\uFFFD');
  });
});
