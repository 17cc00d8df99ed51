/** Completion scripts for shells, generated from the commands. */
@NullMarked
package io.minimalcluster.client.cli.completion;

import org.jspecify.annotations.NullMarked;
