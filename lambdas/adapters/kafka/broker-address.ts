import { SluicegateError } from '../../core/errors.ts';

export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
}

/** `host:port` or `[ipv6]:port`. Throws CONFIG_INVALID for anything else. */
export function parseAddress(text: string): BrokerAddress {
  const [, ipv6, name, digits] = /^(?:\[([0-9a-fA-F:.%]+)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(text.trim()) ?? [];
  const host = ipv6 ?? name;
  const port = Number(digits);
  if (host === undefined || !(port >= 1 && port <= 65_535)) {
    throw new SluicegateError(
      'CONFIG_INVALID',
      `"${text}" is no broker address: write host:port, for example localhost:9092`,
    );
  }
  return { host, port };
}

export function renderAddress({ host, port }: BrokerAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
