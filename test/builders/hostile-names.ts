/** Names that a client may choose for a group, a client id or an instance, and what each could do where it is shown. */
export const HOSTILE_NAMES = [
  { does: 'markup', name: '<script>alert(1)</script><img src=x onerror=alert(1)>' },
  { does: 'an attribute', name: `" onmouseover="alert(1)' x='` },
  { does: 'a line of its own', name: 'a\r\n• orders-0: OK\nINJECTED 1' },
  { does: 'quotes and backslashes', name: String.raw`"\"\\"} 1` },
  { does: 'moves of the cursor', name: '\u001b[2J\u001b[H\u001b]0;owned\u0007\u009b31mred' },
  { does: 'writing turned round', name: 'a\u202egnp.\u2066x\u2069\u200f' },
  { does: 'a call to all', name: '<!channel> <@U012AB3CD> <!subteam^S1|x> @here' },
  { does: 'a link that lies', name: '<https://evil.example|Runbook> [Runbook](https://evil.example)' },
  { does: 'a mail header', name: 'x\r\nBcc: all@example.com\r\n\r\nbody' },
  { does: 'line and paragraph separators', name: 'a\u2028b\u2029c\u0085d' },
  { does: 'nothing to see', name: '\u200b\ufeff\u2060' },
  { does: 'an object’s own names', name: '__proto__' },
  { does: 'another of them', name: 'constructor' },
  { does: 'a path', name: '../../etc/passwd?x=1#y%2f%00' },
  { does: 'a formula', name: '=HYPERLINK("https://evil.example")' },
  { does: 'half a character', name: 'a\ud800b' },
  { does: 'its full length', name: 'é'.repeat(249) },
] as const;

/** What may stand in no line that people read: controls, separators, marks of direction, what has no width. */
export const UNSEEN_IN_A_LINE = /[\p{Cc}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
