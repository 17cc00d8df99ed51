@NullMarked
package io.minimalcluster.client.cli.output;

import org.jspecify.annotations.NullMarked;
