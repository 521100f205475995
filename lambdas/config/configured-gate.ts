import { acceleratedBy, type GateSettings } from '../core/gate/settings.ts';
import type { Config } from './config.ts';

/** How releases are judged, in the time that the configuration wants. */
export const configuredGate = ({ gate, timesFaster }: Config): GateSettings => acceleratedBy(timesFaster, gate);
