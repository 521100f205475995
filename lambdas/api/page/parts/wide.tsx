import type { ComponentChildren } from 'preact';

/** Room for what is wider or longer than its place; it scrolls in itself, by keyboard too. */
export const Wide = ({
  label,
  className = '',
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ComponentChildren;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <section class={`scroll ${className}`} tabIndex={0} aria-label={label}>
    {children}
  </section>
);
