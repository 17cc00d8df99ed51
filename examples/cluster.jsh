// Start-up script of ./minimalcluster jshell.
import io.minimalcluster.client.*
import io.minimalcluster.client.function.*
import io.minimalcluster.client.reduce.*
Cluster cluster = Cluster.connect()
System.out.println("cluster is connected; for example: cluster.map(x -> x * x, List.of(1L, 2L, 3L))")
