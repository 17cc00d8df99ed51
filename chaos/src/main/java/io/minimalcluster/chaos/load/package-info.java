/** Clients that post, read, change and delete jobs, some of them rudely, and write down what became of it. */
@NullMarked
package io.minimalcluster.chaos.load;

import org.jspecify.annotations.NullMarked;
