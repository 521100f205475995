declare module 'parse-prometheus-text-format' {
  /** Families in their order, each with its samples; throws on text that is not of the format. */
  function parsePrometheusTextFormat(text: string): unknown;
  export = parsePrometheusTextFormat;
}
