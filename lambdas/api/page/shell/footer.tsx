import { zoneText } from '../words/times.ts';
import { serverNowMs } from './clock.ts';
import { ZONE } from './zone.ts';

/** What holds for everything above: whose clock it is, and how to get about. */
export const Footer = () => (
  <footer class="bottom">
    <p>Times in {zoneText(ZONE, serverNowMs())}</p>
    <p>
      <kbd>/</kbd> searches groups
    </p>
  </footer>
);
