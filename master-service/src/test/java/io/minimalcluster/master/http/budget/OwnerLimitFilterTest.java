package io.minimalcluster.master.http.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.http.problem.TestProblems;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OwnerLimitFilterTest {
    private static final int LIMIT = 10;

    private OwnerLimitFilter filter(int requests, int rate) {
        return new OwnerLimitFilter(new OwnerLimits(requests, rate), TestProblems.writer());
    }

    private static MockHttpServletRequest request(String owner, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        request.setRemoteUser(owner);
        return request;
    }

    /** Opens requests within each other, and returns the status of each. */
    private static List<Integer> open(OwnerLimitFilter filter, int count, String owner, String path)
            throws ServletException, IOException {
        List<Integer> statuses = new ArrayList<>();
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilterInternal(request(owner, path), response, (_, _) -> {
            if (count > 1) {
                statuses.addAll(open(filter, count - 1, owner, path));
            }
        });
        statuses.add(response.getStatus());
        return statuses;
    }

    @Test
    void openRequestsOfAnOwnerAreBounded() throws ServletException, IOException {
        OwnerLimitFilter filter = filter(LIMIT, 1000);

        List<Integer> statuses = open(filter, LIMIT + 1, "alice", "/api/v1/run");

        assertThat(statuses).containsOnlyOnce(429).hasSize(LIMIT + 1);
        assertThat(open(filter, LIMIT, "alice", "/api/v1/run")).containsOnly(200);
    }

    @Test
    void requestRateOfAnOwnerIsBounded() throws ServletException, IOException {
        OwnerLimitFilter filter = filter(1000, LIMIT);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            statuses.addAll(open(filter, 1, "alice", "/api/v1/jobs"));
        }

        assertThat(statuses).contains(429);
        assertThat(open(filter, 1, "bob", "/api/v1/jobs")).containsExactly(200);
    }

    @Test
    void callsOfWorkersAreExempt() throws ServletException, IOException {
        OwnerLimitFilter filter = filter(LIMIT, LIMIT);

        assertThat(open(filter, 100, "worker", "/api/v1/workers/w-1/poll")).containsOnly(200);
        assertThat(open(filter, 100, "worker", "/api/v1/workers/w-1/leases/l-1/results"))
                .containsOnly(200);
    }
}
