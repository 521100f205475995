/** The only source of the present. */
export interface Clock {
  nowMs(): number;
}
