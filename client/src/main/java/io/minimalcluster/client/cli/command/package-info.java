/** The commands of the command line, one class each. They use {@link io.minimalcluster.client.Client} only. */
@NullMarked
package io.minimalcluster.client.cli.command;

import org.jspecify.annotations.NullMarked;
