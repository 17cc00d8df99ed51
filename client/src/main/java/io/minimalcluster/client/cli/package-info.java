/** The command line: command tree, error handling and signals. */
@NullMarked
package io.minimalcluster.client.cli;

import org.jspecify.annotations.NullMarked;
