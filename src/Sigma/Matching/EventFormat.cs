namespace Sigma.Matching;

/// <summary>How a file writes its events.</summary>
public enum EventFormat
{
    /// <summary>By what the file begins with.</summary>
    Auto,

    /// <summary>A JSON object a line.</summary>
    Ndjson,

    /// <summary>A JSON array of objects, or objects one after another, on any number of lines.</summary>
    Json,

    /// <summary>Columns with a row of names; separated by commas, semicolons, tabs or bars.</summary>
    Csv,
}

/// <summary>What is wrong with an event of a file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong.</param>
public readonly record struct EventProblem(long Line, string Message);
