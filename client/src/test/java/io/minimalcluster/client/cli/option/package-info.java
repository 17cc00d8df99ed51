@NullMarked
package io.minimalcluster.client.cli.option;

import org.jspecify.annotations.NullMarked;
