/** The stores' present: ahead of the machine's clock, by which DynamoDB Local deletes expired items within a second. */
export const PRESENT_MS = Date.UTC(2090, 0, 1);
