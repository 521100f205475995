import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** One subject of a view, under its heading. */
export function Card({
  title,
  note,
  tools,
  children,
  className = '',
}: {
  readonly title: string;
  /** Said in small beside the heading. */
  readonly note?: ComponentChildren;
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly className?: string;
}) {
  const id = useId();
  return (
    <section class={`card ${className}`} aria-labelledby={id}>
      <header class="card-head">
        <h2 id={id}>{title}</h2>
        {note !== undefined && <p class="note">{note}</p>}
        {tools}
      </header>
      {children}
    </section>
  );
}
