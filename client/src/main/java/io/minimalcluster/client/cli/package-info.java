/**
 * The command line: a class for each command, on {@link io.minimalcluster.client.Client} alone. What a person reads
 * goes to standard error, what a script reads to standard output.
 */
@NullMarked
package io.minimalcluster.client.cli;

import org.jspecify.annotations.NullMarked;
