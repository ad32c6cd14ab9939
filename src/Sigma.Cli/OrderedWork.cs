namespace Sigma.Cli;

/// <summary>Applies a function to many items in parallel, and returns the results in the order of the items.</summary>
internal static class OrderedWork
{
    /// <summary>How many batches of items may be ahead of the one whose results are next, for each job.</summary>
    private const int Ahead = 4;

    /// <summary>The most items of a batch.</summary>
    private const int LargestBatch = 16;

    /// <summary>Applies the function.</summary>
    /// <typeparam name="TItem">The kind of item.</typeparam>
    /// <typeparam name="T">The result for an item.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="jobs">The number of items at a time.</param>
    /// <param name="work">What is done with an item, on any thread.</param>
    /// <returns>What came of each item, in their order.</returns>
    public static IEnumerable<T> Run<TItem, T>(IReadOnlyList<TItem> items, int jobs, Func<TItem, T> work)
    {
        jobs = Math.Min(jobs, items.Count);
        if (jobs <= 1)
        {
            foreach (TItem item in items)
            {
                yield return work(item);
            }

            yield break;
        }

        int batch = Math.Clamp(items.Count / (jobs * Ahead), 1, LargestBatch);
        var running = new Queue<Task<T[]>>();
        var places = new SemaphoreSlim(jobs);
        int next = 0;
        while (next < items.Count || running.Count > 0)
        {
            while (next < items.Count && running.Count < jobs * Ahead)
            {
                int from = next;
                next = Math.Min(next + batch, items.Count);
                int end = next;
                running.Enqueue(Task.Run(() => InTurn(from, end)));
            }

            foreach (T done in running.Dequeue().GetAwaiter().GetResult())
            {
                yield return done;
            }
        }

        async Task<T[]> InTurn(int from, int end)
        {
            await places.WaitAsync().ConfigureAwait(false);
            try
            {
                var results = new T[end - from];
                for (int i = from; i < end; i++)
                {
                    results[i - from] = work(items[i]);
                }

                return results;
            }
            finally
            {
                places.Release();
            }
        }
    }
}
