package org.modelzoo.training;

import java.io.Serializable;

/**
 * How a member of a sequential method is trained: on its last task, from another member's network,
 * with images of the tasks before mixed in.
 *
 * @param member whose network it continues, which has all of its heads but the last; null for the
 *     first member, whose network is new
 * @param reservoir images of the tasks before that are kept; 0 for as many as the shares in {@link
 *     MemberPlan#kept} come to
 * @param replayedTasks how many tasks' worth of kept images come in each epoch, at least 0
 */
public record Continuation(String member, int reservoir, int replayedTasks)
    implements Serializable {}
