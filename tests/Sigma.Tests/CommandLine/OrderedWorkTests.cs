using Sigma.Cli;

namespace Sigma.Tests.CommandLine;

/// <summary>Work on many items at a time gives its results in the order of the items.</summary>
public class OrderedWorkTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(3, 8)]
    [InlineData(1000, 1)]
    [InlineData(1000, 3)]
    public void The_results_are_in_the_order_of_the_items(int count, int jobs)
    {
        int[] items = [.. Enumerable.Range(0, count)];
        OrderedWork.Run(items, jobs, item => (item % 7 == 0 ? Slowly(item) : item) * 2).Should().Equal(items.Select(item => item * 2));
    }

    [Fact]
    public void No_more_items_than_jobs_are_worked_on_at_a_time()
    {
        int running = 0;
        int most = 0;
        var gate = new Lock();
        OrderedWork.Run([.. Enumerable.Range(0, 400)], 3, item =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
            }

            Thread.Yield();
            lock (gate)
            {
                running--;
            }

            return item;
        }).Should().HaveCount(400);
        most.Should().BeLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_an_item_throws_is_thrown_where_its_result_would_be(int jobs)
    {
        var seen = new List<int>();
        Action all = () =>
        {
            foreach (int result in OrderedWork.Run([.. Enumerable.Range(0, 100)], jobs, item => item == 64 ? throw new FormatException("64") : item))
            {
                seen.Add(result);
            }
        };
        all.Should().Throw<FormatException>().WithMessage("64");
        seen.Should().BeInAscendingOrder().And.OnlyContain(item => item < 64);
    }

    private static int Slowly(int item)
    {
        Thread.Yield();
        return item;
    }
}
