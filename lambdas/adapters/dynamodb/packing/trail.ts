import type { Trail } from './slot-header.ts';

/** What a bucket's next frame is coded against. Each step away from the keyframe costs its readers one frame more. */
export type FramePlan =
  | { readonly kind: 'keyframe' }
  /** Against the last anchor: one in fifteen, so that the newest frame is never more than some eighteen steps away. */
  | { readonly kind: 'anchor'; readonly parentSlotMs: number }
  /** Against the frame before: the nearest is the best guess. */
  | { readonly kind: 'step'; readonly parentSlotMs: number };

/** No frame depends on one that is older than this. */
export const KEYFRAME_EVERY_MS = 2 * 3_600_000;

const STEPS_PER_ANCHOR = 14;

export interface Place {
  readonly slotMs: number;
  readonly bucket: number;
  readonly bucketCount: number;
}

/**
 * Every two hours a bucket begins anew, each at its own minute, so that the writes stay even. It begins anew at once when
 * what its frames cost beyond the smallest of them has come to a keyframe's price: after a deployment, say, whose new
 * members every anchor would have to tell again.
 */
export function planFrame({ slotMs, ...place }: Place, before: { slotMs: number; trail: Trail } | null): FramePlan {
  if (before === null) return { kind: 'keyframe' };
  const { keyframeSlotMs, keyframeBytes, anchorSlotMs, framesSinceAnchor, excessBytes } = before.trail;
  const isDue = periodOf({ ...place, slotMs }) !== periodOf({ ...place, slotMs: keyframeSlotMs });
  if (isDue || excessBytes > keyframeBytes) return { kind: 'keyframe' };
  if (framesSinceAnchor >= STEPS_PER_ANCHOR) return { kind: 'anchor', parentSlotMs: anchorSlotMs };
  return { kind: 'step', parentSlotMs: before.slotMs };
}

/** The trail with the frame that was packed as planned. */
export function trailAfter(plan: FramePlan, slotMs: number, bytes: number, before: Trail | null): Trail {
  if (plan.kind === 'keyframe' || before === null) {
    return {
      keyframeSlotMs: slotMs,
      keyframeBytes: bytes,
      anchorSlotMs: slotMs,
      framesSinceAnchor: 0,
      leastBytes: bytes,
      excessBytes: 0,
    };
  }
  const leastBytes = Math.min(before.leastBytes, bytes);
  const anchored = plan.kind === 'anchor';
  return {
    keyframeSlotMs: before.keyframeSlotMs,
    keyframeBytes: before.keyframeBytes,
    anchorSlotMs: anchored ? slotMs : before.anchorSlotMs,
    framesSinceAnchor: anchored ? 0 : before.framesSinceAnchor + 1,
    leastBytes,
    excessBytes: before.excessBytes + bytes - leastBytes,
  };
}

const periodOf = ({ slotMs, bucket, bucketCount }: Place): number =>
  Math.floor(slotMs / KEYFRAME_EVERY_MS - bucket / bucketCount);
