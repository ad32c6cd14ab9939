namespace Sigma.Planning;

/// <summary>The fields by which Windows events say what they are; the built-in pipelines write conditions on them.</summary>
internal static class WindowsFields
{
    /// <summary>The field that has the event id.</summary>
    public const string EventId = "EventID";

    /// <summary>The field that has the log they were written to.</summary>
    public const string Channel = "Channel";

    /// <summary>The field with the provider that wrote them.</summary>
    public const string Provider = "Provider_Name";
}
