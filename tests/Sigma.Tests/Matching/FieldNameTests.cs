using Sigma.Events.Matching;

namespace Sigma.Tests.Matching;

/// <summary>How a rule's fields are found in the usual forms of events.</summary>
public class FieldNameTests
{
    /// <summary>An attribute of XML may be called as anything is; other shippers than those of Windows have an event id of their own.</summary>
    [Theory]
    [InlineData("EventID", 0, true)]
    [InlineData("EventID", 5, true)]
    [InlineData("EventID", 6, false)]
    [InlineData("EventCode", 0, true)]
    [InlineData("winlog.event_id", 0, true)]
    [InlineData("winlogevent_id", 0, false)]
    [InlineData("event.code", 0, false)]
    public void Only_some_names_are_those_of_the_event_ids_of_Windows(string name, int tier, bool windows) =>
        EventNames.IsWindowsEventId([new FieldName("Image", 0), new FieldName(name, tier)]).Should().Be(windows);

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("a.b.c", """{"a":{"b":{"c":"x"}}}""")]
    [InlineData("a.b.c", """{"a.b":{"c":"x"}}""")]
    [InlineData("a.b.c", """{"a.b.c":"x"}""")]
    [InlineData("a.", """{"a":{"":"x"}}""")]
    [InlineData("Image", """{"Image":"x"}""")]
    [InlineData("Image", """{"image":"x"}""")]
    [InlineData("Image", """{"Event":{"EventData":{"Image":"x"}}}""")]
    [InlineData("Event.EventData.Image", """{"Event":{"EventData":{"Image":"x"}}}""")]
    [InlineData("EventData.Image", """{"EventData":{"Image":"x"}}""")]
    [InlineData("Image", """{"Event":{"EventData":{"Data":[{"#attributes":{"Name":"Image"},"#text":"x"}]}}}""")]
    [InlineData("Image", """{"Event":{"EventData":{"Data":[{"@Name":"RuleName","#text":"-"},{"@Name":"Image","#text":"x"}]}}}""")]
    [InlineData("Image", """{"Event":{"EventData":{"Data":{"@Name":"Image","#text":"x"}}}}""")]
    [InlineData("Image", """{"EventData":{"Data":[{"Name":"Image","Value":"x"}]}}""")]
    [InlineData("Data", """{"Event":{"EventData":{"Data":"x"}}}""")]
    [InlineData("Data", """{"Event":{"EventData":{"Data":["y","x"]}}}""")]
    [InlineData("Data", """{"Event":{"EventData":{"Data":{"#text":["y","x"]}}}}""")]
    [InlineData("Image", """{"winlog":{"event_data":{"Image":"x"}}}""")]
    [InlineData("Image", """{"winlog.event_data.Image":"x"}""")]
    [InlineData("Image", """{"_source":{"winlog":{"event_data":{"Image":"x"}}}}""")]
    [InlineData("Image", """{"event_data":{"Image":"x"}}""")]
    [InlineData("Image", """{"data":{"win":{"eventdata":{"image":"x"}}}}""")]
    [InlineData("TaskName", """{"Event":{"UserData":{"EventXML":{"TaskName":"x"}}}}""")]
    [InlineData("Provider_Name", """{"Event":{"System":{"Provider":{"#attributes":{"Name":"x"}}}}}""")]
    [InlineData("Provider_Name", """{"Event":{"System":{"Provider_attributes":{"Name":"x"}}}}""")]
    [InlineData("Provider_Name", """{"Event":{"System":{"Provider":{"@Name":"x"}}}}""")]
    [InlineData("Provider_Name", """{"Event":{"System":{"Provider":{"Name":"x"}}}}""")]
    [InlineData("Execution_ProcessID", """{"Event":{"System":{"Execution":{"@ProcessID":"x"}}}}""")]
    [InlineData("Execution_ProcessID", """{"Event":{"System":{"Execution":{"ProcessID":"x"}}}}""")]
    [InlineData("Security_UserID", """{"Event":{"System":{"Security":{"UserID":"x"}}}}""")]
    [InlineData("Security.UserID", """{"System":{"Security":{"UserID":"x"}}}""")]
    [InlineData("UserID", """{"Event":{"System":{"Security":{"UserID":"x"}}}}""")]
    [InlineData("TimeCreated_SystemTime", """{"Event":{"System":{"TimeCreated":{"SystemTime":"x"}}}}""")]
    [InlineData("EventID", """{"System":{"EventID":{"Value":"x"}}}""")]
    [InlineData("Provider_Name", """{"winlog":{"provider_name":"x"}}""")]
    [InlineData("Provider_Name", """{"SourceName":"x"}""")]
    [InlineData("EventID", """{"Event":{"System":{"EventID":{"#attributes":{"Qualifiers":0},"#text":"x"}}}}""")]
    [InlineData("EventID", """{"Event":{"System":{"EventID":"x"}}}""")]
    [InlineData("EventID", """{"winlog":{"event_id":"x"}}""")]
    [InlineData("EventID", """{"event":{"code":"x"}}""")]
    [InlineData("EventID", """{"EventCode":"x"}""")]
    [InlineData("Channel", """{"Event":{"System":{"Channel":"x"}}}""")]
    [InlineData("Channel", """{"winlog":{"channel":"x"}}""")]
    [InlineData("Channel", """{"log_name":"x"}""")]
    [InlineData("Computer", """{"winlog":{"computer_name":"x"}}""")]
    public void A_field_is_found(string field, string json) => Evaluator.Item($"{field}: x", json).Should().BeTrue();

    [Theory]
    [InlineData("Image", """{"process":{"Image":"x"}}""")]
    [InlineData("b", """{"a":{"b":"x"}}""")]
    [InlineData("a", """{"a":{"b":"x"}}""")]
    // An event id is no attribute, and a metric of a system is no event of Windows.
    [InlineData("Value", """{"System":{"EventID":{"Value":"x"}}}""")]
    [InlineData("message", """{"system":{"syslog":{"message":"x"}}}""")]
    public void A_nested_name_needs_its_way(string field, string json) => Evaluator.Item($"{field}: x", json).Should().BeFalse();

    [Fact]
    public void A_rules_own_letter_case_goes_first()
    {
        const string Json = """{"Event":{"System":{"Execution":{"#attributes":{"ProcessID":3544}}},"EventData":{"ProcessId":4460}}}""";
        Evaluator.Item("ProcessId: 4460", Json).Should().BeTrue();
        Evaluator.Item("ProcessId: 3544", Json).Should().BeFalse();
        Evaluator.Item("ProcessID: 3544", Json).Should().BeTrue();
        Evaluator.Item("Execution_ProcessID: 3544", Json).Should().BeTrue();
    }

    [Fact]
    public void Data_of_an_event_goes_before_its_head()
    {
        const string Json = """{"Event":{"System":{"Level":4},"EventData":{"Level":"x"}}}""";
        Evaluator.Item("Level: x", Json).Should().BeTrue();
        Evaluator.Item("Level: 4", Json).Should().BeFalse();
    }
}
