package org.modelzoo.boosting.compaction;

/**
 * How large a zoo may be.
 *
 * @param members at most so many
 * @param bytes of their models, at most
 * @param membersOfTask so many networks at most see an image
 */
public record Budget(int members, long bytes, int membersOfTask) {
  /** Whether a size keeps to it. */
  boolean allows(ZooSize size) {
    return size.members().size() <= members
        && size.bytes() <= bytes
        && size.mostMembersOfTask() <= membersOfTask;
  }
}
