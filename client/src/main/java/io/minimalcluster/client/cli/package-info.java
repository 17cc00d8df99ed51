/** The command line: its parser, its exit codes, its signals. */
@NullMarked
package io.minimalcluster.client.cli;

import org.jspecify.annotations.NullMarked;
