/** Output of the commands, as text or as JSON. */
@NullMarked
package io.minimalcluster.client.cli.output;

import org.jspecify.annotations.NullMarked;
