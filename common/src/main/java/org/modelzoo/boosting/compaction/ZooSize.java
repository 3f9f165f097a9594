package org.modelzoo.boosting.compaction;

import java.util.List;
import java.util.SortedMap;
import org.modelzoo.boosting.Score;

/**
 * A zoo with some of its members.
 *
 * @param members their numbers in the whole zoo
 * @param bytes of their models
 * @param mostMembersOfTask of the task that has most: so many networks see an image
 * @param weights for each task, weight of each member left
 * @param chosenOn score on the images by which members and weights were chosen
 * @param averagedOn score on them with the whole zoo's weights
 * @param test score on the test images, which decided nothing
 * @param averagedTest score on them with the whole zoo's weights
 */
public record ZooSize(
    MemberSet members,
    long bytes,
    int mostMembersOfTask,
    List<SortedMap<Integer, Double>> weights,
    Score chosenOn,
    Score averagedOn,
    Score test,
    Score averagedTest) {}
